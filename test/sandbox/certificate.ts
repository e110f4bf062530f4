/**
 * A key and a self-signed certificate for a loopback address, both PEM. A client trusts it through
 * `NODE_EXTRA_CA_CERTS` or its `ca` option.
 */
export async function selfSigned(ip: string): Promise<{ key: string; cert: string }> {
	// Loaded only here: it is large, and few stand-ins speak HTTPS.
	const { generate } = await import('selfsigned');
	const { private: key, cert } = await generate([{ name: 'commonName', value: ip }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 7, ip },
					{ type: 2, value: 'localhost' },
				],
			},
		],
	});
	return { key, cert };
}
