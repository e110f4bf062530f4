import { json, noResult, type ApiResponse } from '../apiResponse';
import { phpText } from '../phpText';
import { isRecord } from '../../guards';
import type { Call, Route } from '../router';

/**
 * POST /deals, as an HTTP Request node with the credential calls it: 201, and a repeat makes a second deal. Only deals of a
 * contact are known here, and neither pipelines nor stages.
 */
function createDeal({ account, body }: Call): ApiResponse {
	const deal = isRecord(body) && isRecord(body.deal) ? body.deal : {};
	const [title, currency] = [phpText(deal.title), phpText(deal.currency)];
	const value = Number(deal.value);
	const isPlaced = deal.group !== undefined || deal.stage !== undefined;
	if (title === '' || currency === '' || !Number.isInteger(value) || value < 0 || !isPlaced) {
		return json(422, {
			errors: [{ title: 'The deal lacks a title, a value in cents, a currency or a pipeline' }],
		});
	}
	const contact = account.contactById(phpText(deal.contact));
	if (!contact) return noResult('Subscriber', phpText(deal.contact));
	const { id } = account.addDeal(contact, { title, value, currency });
	return json(201, { deal: { ...deal, id, contact: contact.id, title, value: String(value), currency } });
}

export const dealRoutes: Route[] = [{ method: 'POST', path: '/deals', handle: createDeal }];
