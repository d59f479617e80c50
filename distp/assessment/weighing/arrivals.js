import { isAtLeastLikely } from '../../model/sign.js';
/**
 * Pages that were first served after an act at `yes` or `likely` that writes files: a strong sign of how they arrived. True where
 * any page has one that it did not have.
 */
export function addArrivals(written, of, nameOf, again) {
    let isMore = false;
    for (const { page, acts } of written) {
        const by = acts.find((act) => isAtLeastLikely(of(act)?.is));
        if (by === undefined)
            continue;
        for (const one of page.flatMap((i) => of(i) ?? [])) {
            if (one.arrival !== null)
                continue;
            one.arrival = { kind: 'provenance', strength: 'strong', finding: nameOf(by), seen: 'written' };
            one.is = again(one);
            isMore = true;
        }
    }
    return isMore;
}
//# sourceMappingURL=arrivals.js.map