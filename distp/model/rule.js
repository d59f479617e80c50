/** What the second lookup looks for. */
export const lookups = ['page', 'file', 'mail-file', 'secret-file', 'mailbox', 'sent-mail'];
//# sourceMappingURL=rule.js.map