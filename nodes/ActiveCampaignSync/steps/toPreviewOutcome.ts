/** What a dry run says of a step that the real run would do. */
const WOULD_DO: ReadonlyMap<string, string> = new Map([
	['subscribed', 'wouldSubscribe'],
	['resubscribed', 'wouldResubscribe'],
	['unsubscribed', 'wouldUnsubscribe'],
	['added', 'wouldAdd'],
	['created', 'wouldCreateTag'],
	['removed', 'wouldRemove'],
	['enrolled', 'wouldEnroll'],
	['linked', 'wouldLink'],
	['createdAndLinked', 'wouldCreateAndLink'],
	['moved', 'wouldMove'],
	['createdAndMoved', 'wouldCreateAndMove'],
	['titleChanged', 'wouldChangeTitle'],
]);

/** The outcome of a step in a dry run: what would change anything in another tense, all others as they are. */
export function toPreviewOutcome(outcome: string): string {
	return WOULD_DO.get(outcome) ?? outcome;
}
