const MOST_HITS = 50;
/**
 * The organization's own address: from each address of the acts three accounts that were never refused there logged on, on
 * earlier days. It does not explain forged requests.
 */
export const knownOrigin = ({ found }, { knownOrigins }) => {
    if (!knownOrigins)
        return null;
    const isOfRequests = found.some(({ finding }) => finding.sign.kind === 'use' && finding.cves.length > 0);
    const reasons = [];
    for (const { hits } of found)
        for (const { event } of hits.slice(0, MOST_HITS)) {
            const { client, time } = event;
            if (client === null || time === null)
                return null;
            const why = knownOrigins.before(client, time);
            if (why === null)
                return null;
            reasons.push({ client, why });
        }
    const [first] = reasons;
    if (first === undefined)
        return null;
    const answers = isOfRequests ? ['guessing', 'origin'] : ['use', 'guessing', 'origin'];
    return { by: 'known-origin', of: first.client, strength: 'strong', answers, says: first.why };
};
//# sourceMappingURL=known-origin.js.map