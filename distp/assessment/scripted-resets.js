// Accounts whose password a script resets, or that it disables, as scripts and PowerShell's own log name them.
/** Of a script, as much as is read. */
export const LONGEST = 65_536;
/** Cmdlets that end the access of the account that they name, and what they must have besides; null where that is nothing. */
const cmdlets = new Map([
    // With the old password it is the account's own change.
    ['set-adaccountpassword', /-reset\b|"reset"/i],
    ['disable-adaccount', null],
    ['remove-aduser', null],
    ['set-aduser', /-enabled[\s:]{1,3}\$?(?:false|0)\b|name="enabled"; value="false"/i],
    [
        'set-mailbox',
        /-password[\s:]|-accountdisabled[\s:]{1,3}\$?true|name="password"|name="accountdisabled"; value="true"/i,
    ],
    ['set-localuser', /-password[\s:]|name="password"/i],
    ['disable-localuser', null],
    ['set-msoluserpassword', null],
    ['set-azureaduserpassword', null],
    ['revoke-azureaduserallrefreshtoken', null],
    ['revoke-mgusersigninsession', null],
]);
const COMMAND = /(?:^|[^\w-])([a-z]{3,10}-[a-z]{4,40})(?![\w-])/gi;
/** What goes to such a cmdlet through a pipe. */
const SOURCE = /(?:^|[^\w-])get-(?:aduser|mailbox|user|localuser)(?![\w-])/i;
const INVOKED = /^CommandInvocation\(([A-Za-z]{3,10}-[A-Za-z]{4,40})\):/m;
const BOUND = /ParameterBinding\([\w-]{1,60}\): name="(?:Identity|ObjectId|UserPrincipalName|Name|UserId)"; value="([^"]{1,256})"/i;
const IDENTITY = /-(?:identity|objectid|userprincipalname|name|userid)[\s:]{1,3}(?:"([^"$]{1,256})"|'([^']{1,256})'|([^\s"'$(@-][^\s"';)]{0,255}))/i;
const FIRST = /^\s{1,10}(?:"([^"$]{1,256})"|'([^']{1,256})'|([^\s"'$(@-][^\s"';)]{0,255}))/;
/** The accounts that a script names where it ends the access of one; what it takes from a variable is not known. */
export function accountsEndedBy(text) {
    const script = text.slice(0, LONGEST);
    const invoked = INVOKED.exec(script)?.[1];
    if (invoked !== undefined) {
        const bound = BOUND.exec(script)?.[1];
        return bound !== undefined && isEnd(invoked, script) ? [nameOfObject(bound)] : [];
    }
    const accounts = new Set();
    for (const statement of script.split(/[;\r\n{}]/)) {
        let before = '';
        for (const part of statement.split('|')) {
            for (const { 1: cmdlet, 0: all, index } of part.matchAll(COMMAND)) {
                const rest = part.slice(index + all.length);
                const name = isEnd(cmdlet, rest) ? (identityIn(rest) ?? sourceIn(before)) : null;
                if (name !== null)
                    accounts.add(nameOfObject(name));
            }
            before = part;
        }
    }
    return [...accounts];
}
function isEnd(cmdlet, rest) {
    const needs = cmdlets.get(cmdlet.toLowerCase());
    return needs === null || (needs?.test(rest) ?? false);
}
/** Whom `Get-ADUser ann` hands on. */
function sourceIn(part) {
    const source = SOURCE.exec(part);
    return source === null ? null : identityIn(part.slice(source.index + source[0].length));
}
function identityIn(rest) {
    const [, double, single, bare] = IDENTITY.exec(rest) ?? FIRST.exec(rest) ?? [];
    return double ?? single ?? bare ?? null;
}
/** `CN=ann,OU=Sales,DC=contoso,DC=example`: ann. */
function nameOfObject(name) {
    return /^CN=([^,]{1,256}),/i.exec(name)?.[1] ?? name;
}
//# sourceMappingURL=scripted-resets.js.map