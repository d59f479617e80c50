import { baselineKey, firstFolder } from '../rules/baselines/baseline.js';
/**
 * Pages that no baseline knows, compared with the build that runs here: where a baseline has all files of it, other content
 * than its own is worth a look; where none has, every page of an update looks like this, and the finding says so.
 */
export function againstBuild(found, builds, baselines) {
    const last = builds.at(-1) ?? null;
    return found.map((f) => {
        const fields = f.hits[0]?.event.fields;
        const judged = fields?.Baseline;
        if (!fields || !baselines || (judged !== 'changed' && judged !== 'unknown-path'))
            return f;
        // A list may be of a part of that build only: it must know the path, or at least the folder.
        const key = baselineKey(String(fields.RelativePath ?? fields.TargetFilename));
        const covers = (baseline) => last !== null &&
            baseline.builds.includes(last.build) &&
            (judged === 'changed' ? baseline.hasPath(key) : baseline.hasFolder(firstFolder(key)));
        const covered = last?.precision === 'update' && baselines().some(covers);
        const raised = covered && judged === 'changed' && f.finding.sign.strength === 'context';
        return {
            ...f,
            finding: {
                ...f.finding,
                ...(raised
                    ? { sign: { ...f.finding.sign, strength: 'weak' }, level: 'medium', is: 'lead' }
                    : {}),
                notes: [...f.finding.notes, noteOf(last, covered)],
            },
        };
    });
}
function noteOf(last, covered) {
    if (last === null)
        return 'which build ran here is not known: an update that no baseline has brings such pages';
    if (last.precision === 'cu')
        return `which update of ${last.build} ran here is not known: one that no baseline has brings such pages`;
    if (covered)
        return `a baseline has all files of build ${last.build}, and this is none of them`;
    return `no baseline has the files of build ${last.build} that lie here: its own pages look like this`;
}
//# sourceMappingURL=baseline-builds.js.map