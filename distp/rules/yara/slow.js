/**
 * `part`: what takes longer alone is too slow. `whole`: all together may take so long. `effort`: about as long is looked
 * for what is slow; what could not be told apart by then is left out together. All of it must stay well within the time
 * after which a file is given up.
 */
export const SEARCH_LIMITS = { part: 1_000, whole: 5_000, effort: 20_000, rounds: 20 };
/**
 * Finds the parts that make a search too slow, alone or several together, by searching with halves of them, until the rest
 * stays within its time.
 */
export function slowParts(parts, probe, limits = SEARCH_LIMITS) {
    let spent = 0;
    const takes = (some, most) => {
        const time = some.length === 0 ? 0 : probe(some, most);
        spent += Math.min(time, most);
        return time;
    };
    const isOver = (some) => takes(some, limits.part) === Infinity;
    const alone = (some) => {
        if (some.length <= 1 || spent >= limits.effort)
            return some;
        return halves(some).flatMap((half) => (isOver(half) ? alone(half) : []));
    };
    /** None of them is slow by itself: the one that costs most. */
    const dearest = (some) => {
        if (some.length === 1)
            return some[0];
        const [first, second] = halves(some);
        return dearest(takes(first, limits.part) >= takes(second, limits.part) ? first : second);
    };
    const slow = new Set(alone(parts));
    const left = () => parts.filter((part) => !slow.has(part));
    for (let round = 0; takes(left(), limits.whole) === Infinity; round++) {
        if (spent >= limits.effort || round === limits.rounds)
            for (const part of left())
                slow.add(part);
        else
            slow.add(dearest(left()));
    }
    return parts.filter((part) => slow.has(part));
}
function halves(parts) {
    const half = Math.ceil(parts.length / 2);
    return [parts.slice(0, half), parts.slice(half)];
}
//# sourceMappingURL=slow.js.map