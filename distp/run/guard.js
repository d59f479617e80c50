import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { TOO_MUCH } from './handle.js';
const { parent, memory } = workerData;
const EVERY = 50;
setInterval(() => {
    if (process.memoryUsage.rss() > memory * 2 ** 20) {
        try {
            writeSync(2, `${TOO_MUCH}\n`);
        }
        catch {
            // Nobody listens: the signal says the same.
        }
        process.kill(process.pid, 'SIGKILL');
    }
    if (!isWaiting())
        process.kill(process.pid, 'SIGKILL');
}, EVERY);
function isWaiting() {
    if (process.ppid !== parent)
        return false;
    try {
        process.kill(parent, 0);
        return true;
    }
    catch {
        return false;
    }
}
//# sourceMappingURL=guard.js.map