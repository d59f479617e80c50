/**
 * The connector that a cmdlet makes or changes, as the logs of transport name it: `-Name` where it is given a name, else
 * `-Identity`. Null for other cmdlets.
 */
export function sendConnectorOf({ Cmdlet, Parameters }) {
    const cmdlets = typeof Cmdlet === 'string' ? [Cmdlet] : Array.isArray(Cmdlet) ? Cmdlet : [];
    if (typeof Parameters !== 'string' ||
        !cmdlets.some((name) => /(?:^|\\)(?:new|set)-sendconnector$/i.test(String(name))))
        return null;
    const text = Parameters.slice(0, LONGEST);
    return (NAME.exec(text) ?? IDENTITY.exec(text))?.slice(1).find((value) => value !== undefined) ?? null;
}
const LONGEST = 16_384;
const VALUE = `[\\s:]+(?:"{1,2}([^"]{1,128})"{1,2}|'{1,2}([^']{1,128})'{1,2}|([^\\s"',;]{1,128}))`;
const NAME = new RegExp(`(?<![\\w-])-Name${VALUE}`, 'i');
const IDENTITY = new RegExp(`(?<![\\w-])-Identity${VALUE}`, 'i');
//# sourceMappingURL=send-connector.js.map