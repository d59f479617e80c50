/** Four integers of a build (`15.02.0986.005` too), or null. */
export function buildParts(build) {
    const m = /^(\d{1,2})\.(\d{1,2})\.(\d{1,5})\.(\d{1,5})$/.exec(build.trim());
    if (!m)
        return null;
    const parts = [+m[1], +m[2], +m[3], +m[4]];
    // 15.0.0.0 is what ECP Server, agent and SMTP logs write instead of a build.
    return parts[2] === 0 ? null : parts;
}
/** -1, 0 or 1: builds are compared as integers, never as text. */
export function compareBuilds(a, b) {
    for (let i = 0; i < 4; i++)
        if (a[i] !== b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}
//# sourceMappingURL=builds.js.map