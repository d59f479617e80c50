export function terminalOf({ stdout, stderr, env }) {
    const [out, err] = [stdout.isTTY === true, stderr.isTTY === true];
    const isLive = err && !isOn(env.CI) && env.TERM !== 'dumb';
    return {
        out,
        err,
        columns: stdout.columns || 80,
        colour: isColoured(out, env),
        live: isLive ? stderr.columns || 80 : null,
        line: isLive ? '\r\u001b[K' : '',
    };
}
/**
 * Colour where it is wanted: NO_COLOR (https://no-color.org) forbids it, CLICOLOR_FORCE and FORCE_COLOR ask for it wherever
 * the output goes, CLICOLOR=0 and a dumb terminal have none (https://bixense.com/clicolors/).
 */
function isColoured(isTerminal, env) {
    if (env.NO_COLOR)
        return false;
    if (isOn(env.CLICOLOR_FORCE))
        return true;
    if (env.FORCE_COLOR !== undefined)
        return env.FORCE_COLOR === '' || isOn(env.FORCE_COLOR);
    return isTerminal && env.CLICOLOR !== '0' && env.TERM !== 'dumb';
}
const isOn = (value) => value !== undefined && value !== '' && value !== '0' && value !== 'false';
//# sourceMappingURL=terminal.js.map