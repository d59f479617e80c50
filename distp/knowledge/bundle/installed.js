import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRoot } from './verify.js';
import { PosternError } from '../../lib/errors.js';
import { jsonOrNull } from '../../lib/json.js';
import { isoTime } from '../../lib/time.js';
/** The file in a folder that says which bundle is installed there, and what is trusted from now on. */
export const stateFile = 'postern-bundle.json';
/** What is installed in a folder; null when no bundle ever was. */
export function installedBundle(folder) {
    const file = join(folder, stateFile);
    if (!existsSync(file))
        return null;
    const state = stateOf(file);
    if (state === null)
        throw new PosternError('bad-bundle', 'This file does not say which bundle is installed; install it anew elsewhere.', {
            file,
        });
    return { content: join(folder, state.content), bundle: state.bundle, trusted: state.trusted };
}
/** The text of that file. `content` is the name of a folder beside it. */
export function stateText(content, bundle, trusted) {
    return `${JSON.stringify({ schema: 'postern-bundle-state/1', content, bundle, trusted }, null, 1)}\n`;
}
function stateOf(file) {
    const value = jsonOrNull(readFileSync(file, 'utf8'));
    const { schema, content, bundle, trusted } = value ?? {};
    const isBundle = Number.isSafeInteger(bundle?.version) &&
        typeof bundle?.expires === 'string' &&
        isoTime(bundle.expires) !== null &&
        typeof bundle.sha256 === 'string';
    const versions = trusted?.versions;
    const isTrusted = ['timestamp', 'snapshot', 'targets'].every((role) => Number.isSafeInteger(versions?.[role])) &&
        typeof trusted?.timestamp === 'string';
    if (schema !== 'postern-bundle-state/1' || typeof content !== 'string' || !isBundle || !isTrusted)
        return null;
    if (!/^bundle-\d+-[0-9a-f]{12}$/.test(content))
        return null;
    return {
        content,
        bundle: bundle,
        trusted: { ...trusted, root: readRoot(Buffer.from(JSON.stringify(trusted.root))) },
    };
}
//# sourceMappingURL=installed.js.map