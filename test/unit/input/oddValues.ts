/** Values that no field can hold, and that make careless code throw or never end. */

export const cyclic: unknown[] = ['Red'];
cyclic.push(cyclic);
export const throwing = {
	get value(): unknown {
		throw new TypeError('from a getter');
	},
	toJSON(): unknown {
		throw new RangeError('from toJSON');
	},
};
export const revoked = Proxy.revocable<unknown[]>([], {});
revoked.revoke();
export const deep = Array.from({ length: 20_000 }).reduce<unknown>((inner) => [inner], 'Red');
