import { workerData } from 'node:worker_threads';
import { portableCompile } from './yara.js';
// The thread in which the portable engine searches for rules of the user, for `yara-ended.ts`: it keeps no time limit itself.
const { port, answered } = workerData;
const flag = new Int32Array(answered);
let search = null;
port.on('message', (asked) => {
    port.postMessage(toldOf(asked));
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
});
function toldOf(asked) {
    try {
        if ('bytes' in asked)
            return { found: search(asked.bytes, 0) };
        search = portableCompile(asked.sources);
        return { found: [] };
    }
    catch (error) {
        return { failed: String(error).slice(0, 200) };
    }
}
//# sourceMappingURL=thread.js.map