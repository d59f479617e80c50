/**
 * All code of the page was followed and takes nothing from a request, and the page was not written since it was first used:
 * its use does nothing. Every page of that name must be such a one.
 */
export const plainPage = ({ subject, found }, { pages }) => {
    const own = subject.kind === 'page' ? (pages.get(subject.name.toLowerCase()) ?? []) : [];
    const used = found.flatMap(({ finding: { first, time, timeBasis } }) => {
        const at = first ?? time;
        return at === null || timeBasis === 'file' ? [] : [Date.parse(at)];
    });
    const begun = used.reduce((least, time) => Math.min(least, time), Infinity);
    const isPlain = own.every((page) => page.takesNothing && (used.length === 0 || (page.modified !== null && page.modified <= begun)));
    if (own.length === 0 || !isPlain)
        return null;
    return {
        by: 'plain-page',
        strength: 'strong',
        answers: ['content', 'name', 'use'],
        says: 'All code of the page was followed: it takes nothing from a request, and was not changed since.',
    };
};
//# sourceMappingURL=plain-page.js.map