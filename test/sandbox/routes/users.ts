import { json } from '../apiResponse';
import type { Route } from '../router';

export const userRoutes: Route[] = [
	{
		method: 'GET',
		path: '/users/me',
		handle: () =>
			json(200, {
				user: {
					username: 'admin',
					firstName: 'Sandbox',
					lastName: 'User',
					email: 'admin@sandbox.example',
					phone: '',
					signature: null,
					links: {},
					id: '1',
				},
			}),
	},
];
