import { isAtLeastLikely, strengths, weighedOrder, } from './sign.js';
/** What signs count as one: those of one kind, and the tie to an intrusion beside them. */
export function countedAs({ kind, tiedBy }) {
    return tiedBy === undefined ? kind : 'tie';
}
/** Of each kind the strongest sign, and the tie to an intrusion beside them; the strongest come first. */
export function countingSigns({ signs }) {
    const rank = ({ strength }) => strengths.indexOf(strength);
    return [...Map.groupBy(signs, countedAs).values()]
        .map((same) => same.reduce((best, sign) => (rank(sign) > rank(best) ? sign : best)))
        .sort((a, b) => rank(b) - rank(a));
}
/** What an answer that holds rests on, or what leaves it open: the subjects that weigh most. */
export function subjectsOf({ question, is, because }, { subjects }) {
    if (question === 'still-there' && is === 'cannot-tell')
        return openLeads({ subjects });
    if (!isAtLeastLikely(is))
        return [];
    const rests = new Set(because);
    const all = subjects.filter((one) => isAtLeastLikely(one.is) && one.findings.some((id) => rests.has(id)));
    // What follows from another answer rests on the subjects of that.
    const own = all.filter((one) => one.question === question);
    return heaviestFirst(own.length > 0 ? own : all);
}
/** Each subject once. */
function heaviestFirst(subjects) {
    const rank = (one) => (one.is === 'yes' ? 100 : 0) + new Set(one.signs.map(countedAs)).size;
    const sorted = [...subjects].sort((a, b) => rank(b) - rank(a));
    return [...Map.groupBy(sorted, subjectKey).values()].map(([one]) => one);
}
export const subjectKey = ({ kind, name }) => `${kind}\n${name.toLowerCase()}`;
/** Things that may let an attacker return and that nothing explains: answers stay open because of them. */
export function openLeads({ subjects }) {
    return unsettled(subjects, 'open-lead');
}
/** Subjects that come to this at most, whatever the question, each once. */
export function unsettled(subjects, is) {
    return [...Map.groupBy(subjects, subjectKey).values()].flatMap((same) => {
        const heaviest = same.reduce((a, b) => (weighedOrder.indexOf(b.is) > weighedOrder.indexOf(a.is) ? b : a));
        return heaviest.is === is ? [heaviest] : [];
    });
}
//# sourceMappingURL=weight.js.map