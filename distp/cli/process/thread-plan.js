import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, textArgument, texts } from '../arguments.js';
/** The workers that will be needed. Told from the arguments alone; none with a mistake in them, which shows elsewhere. */
export function firstWorkers(args) {
    try {
        const { values, positionals } = readArguments('assess', args);
        if (positionals.length === 0)
            return [];
        const servers = values.each || values.join ? [positionals] : positionals.map((path) => [path]);
        const isSmall = servers.every((evidence) => isForOne(evidence, textArgument(values.jobs)));
        return isSmall || !isShipped(values) ? ['process'] : ['process', 'thread'];
    }
    catch {
        return [];
    }
}
/** Are only rules asked that ship with Postern? Others are asked in processes alone. */
export function isShipped({ packs, rules, iocs }) {
    return [packs, rules, iocs].every((given) => texts(given).length === 0);
}
/** Is evidence read by one process? `jobs`: as it was given. */
export function isForOne(evidence, jobs) {
    return (jobs === undefined || Number(jobs) === 1) && isSmall(evidence);
}
/** A worker costs a second and 80 MB to start; a small input is done sooner with one. */
function isSmall(paths) {
    let [bytes, files] = [0, 0];
    const walk = (path) => {
        try {
            const entry = lstatSync(path);
            if (entry.isDirectory())
                return readdirSync(path).every((name) => walk(join(path, name)));
            bytes += /\.(zip|t?gz|7z|rar|zst|xz|bz2)$/i.test(path) ? entry.size * 8 : entry.size;
            return ++files < 2_000 && bytes < 8_000_000;
        }
        catch {
            return true; // what may not be read is a gap later; here it only has no size
        }
    };
    return paths.every((path) => walk(placeOf(path)));
}
function placeOf(path) {
    try {
        return realpathSync(path);
    }
    catch {
        return path;
    }
}
//# sourceMappingURL=thread-plan.js.map