import { persistences } from './stages.js';
/** Every subject that a pack may name. */
export const actionSubjects = [
    ...persistences,
    'credentials',
    'clients',
    'users',
    'updates',
    'mailboxes',
];
/** What an action can be done on: a server of the organization, or a tenant of Microsoft 365. */
export const actionTargets = ['server', 'tenant'];
//# sourceMappingURL=response.js.map