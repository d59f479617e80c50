import { addTo } from '../../lib/collections.js';
import { isAtLeastLikely } from '../../model/sign.js';
/**
 * Gives what is tied to an intrusion its further sign: a strong one by a subject that is certain, a weak one by a likely one, or by
 * closeness in time alone. What comes to more by it is tied to others again, until nothing changes. `of`: what a finding is
 * about, by its number; `again`: what that comes to now.
 */
export function spreadTies(ties, of, nameOf, again) {
    const sources = ties.map(sourcesOf);
    const tiesOf = new Map();
    for (const source of sources)
        for (const one of new Set(source.tie.members.flatMap((i) => of(i) ?? [])))
            addTo(tiesOf, one, source);
    // What is certain or likely on another server of the case is so from the beginning.
    for (const source of sources)
        if (source.tie.from)
            giveAll(source, of, nameOf, again);
    const changed = [...tiesOf.keys()].filter(({ is }) => isAtLeastLikely(is));
    for (let one = changed.pop(); one !== undefined; one = changed.pop()) {
        for (const source of tiesOf.get(one) ?? []) {
            if (!adds(source, one))
                continue;
            for (const other of giveAll(source, of, nameOf, again))
                changed.push(other);
        }
    }
}
function sourcesOf(tie) {
    const { from } = tie;
    return {
        tie,
        yes: new Set(from?.is === 'yes' ? [from.key] : []),
        likely: new Set(from?.is === 'likely' ? [from.key] : []),
    };
}
/** Gives every member of a tie its sign; those that came to more by it, and are at least likely now. */
function giveAll(source, of, nameOf, again) {
    const changed = [];
    for (const i of source.tie.members) {
        const other = of(i);
        if (!other || !give(other, source, nameOf(i)))
            continue;
        const before = other.is;
        other.is = again(other);
        if (other.is !== before && isAtLeastLikely(other.is))
            changed.push(other);
    }
    return changed;
}
/** Does it make more of the tie than was known? */
function adds({ yes, likely }, { is, key }) {
    const known = is === 'yes' ? yes : likely;
    if (known.size >= 2 || known.has(key))
        return false;
    known.add(key);
    return true;
}
/** True where it has a stronger tie than before. */
function give(one, { tie: { by }, yes, likely }, finding) {
    const isTo = (keys) => keys.size > 1 || (keys.size === 1 && !keys.has(one.key));
    const strength = isTo(yes) && by !== 'time' ? 'strong' : isTo(yes) || isTo(likely) ? 'weak' : null;
    if (strength === null || one.tie?.strength === 'strong' || one.tie?.strength === strength)
        return false;
    one.tie = { kind: 'provenance', strength, finding, tiedBy: by };
    return true;
}
//# sourceMappingURL=ties.js.map