import type { ApiResponse } from './apiResponse';
import { isRecord } from '../guards';
import type { Language } from './settings';

/** Messages of the account with their Portuguese; one report shows that the vendor translates the first. */
const IN_PORTUGUESE: ReadonlyArray<[RegExp, string]> = [
	[/^No Result found for (\w+) with id (.*)$/, 'Nenhum resultado encontrado para $1 com o id $2'],
	[/^Could not create SubscriberSeries$/, 'Não foi possível criar SubscriberSeries'],
	[/^Could not process request$/, 'Não foi possível processar a solicitação'],
	[/^Contact not found$/, 'Contato não encontrado'],
	[/^List not found$/, 'Lista não encontrada'],
	[/^Tag not found$/, 'Tag não encontrada'],
	[/^Account not found$/, 'Conta não encontrada'],
	[/^Not Found$/, 'Não encontrado'],
];

/** The same response with its messages in the account's language; codes, ids and what a database says stay. */
export function inLanguage(response: ApiResponse, language: Language): ApiResponse {
	if (language === 'English' || response.status < 400 || !isRecord(response.body)) return response;
	const { errors } = response.body;
	const translated = Array.isArray(errors) ? { errors: errors.map(translateTexts) } : {};
	return { ...response, body: { ...translateTexts(response.body), ...translated } };
}

function translateTexts(value: unknown): Record<string, unknown> {
	if (!isRecord(value)) return {};
	return Object.fromEntries(
		Object.entries(value).map(([key, text]) => [key, typeof text === 'string' ? translate(text) : text]),
	);
}

function translate(text: string): string {
	const [pattern, portuguese = ''] = IN_PORTUGUESE.find(([one]) => one.test(text)) ?? [];
	return pattern ? text.replace(pattern, portuguese) : text;
}
