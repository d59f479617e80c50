/**
 * The largest number for which no more than `most` are kept when of each file no more than that is; of a hundred files with
 * one hit and one with a million that one has what the others leave.
 */
export function shareOf(counts, most) {
    let left = most;
    const sorted = [...counts].sort((a, b) => a - b);
    for (const [i, count] of sorted.entries()) {
        const share = Math.floor(left / (sorted.length - i));
        if (count > share)
            return share;
        left -= count;
    }
    return Infinity;
}
//# sourceMappingURL=shares.js.map