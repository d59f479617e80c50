/** What is known by an id; nothing of it is inherited, whatever the id. */
export function packTextOf(by, id) {
    return Object.hasOwn(by, id) ? by[id] : undefined;
}
export const noPackTexts = { campaigns: {}, actions: {}, asksForEvidence: [] };
//# sourceMappingURL=pack-texts.js.map