#!/usr/bin/env node
import { refusal } from '../lib/errors.js';
import { reportCrash } from './crash.js';
import { runCommand } from './run-command.js';
// The process of the program: its streams, its exit status, and what it writes of a crash. What a command does is in run-command.ts.
// The reader of the output may stop reading (`| head -1`): that changes neither the results nor the exit status. Nor does a full
// disk behind the output change those of `assess`, which are in their files by then.
for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
        if (error.code === 'EPIPE')
            return;
        if (error.code === undefined || error.syscall === undefined)
            throw error;
        if (stream === process.stdout)
            lost ??= error.code;
    });
}
let lost;
process.on('exit', () => {
    if (lost === undefined)
        return;
    process.stderr.write(`postern: What was to be shown could not be written (${refusal(lost)}).\n`);
    if (process.argv[2] !== 'assess')
        process.exitCode = 1;
});
process.on('uncaughtException', (error) => {
    reportCrash(error, given);
    process.exit(1);
});
const given = process.argv.slice(2);
process.exitCode = await runCommand(given).catch((error) => {
    reportCrash(error, given);
    return 1;
});
//# sourceMappingURL=main.js.map