import { exitStatus, PosternError } from '../../lib/errors.js';
import { visible } from '../../lib/terminal.js';
/** The exit status of a command; what stops it is said in one sentence. */
export async function outcome(run) {
    try {
        return await run();
    }
    catch (error) {
        if (!(error instanceof PosternError))
            throw error;
        const { where } = error;
        const place = where
            ? ` (${where.file}${where.line ? `:${where.line}${where.column ? `:${where.column}` : ''}` : ''})`
            : '';
        process.stderr.write(`postern: ${visible(`${error.message}${place}`)}\n`);
        return exitStatus(error.code);
    }
}
//# sourceMappingURL=exit-status.js.map