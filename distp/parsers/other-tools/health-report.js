import { utcTime } from '../../lib/time.js';
import { buildOf } from '../exchange/build-sightings.js';
import { certainTime, cultureTime, ordersOf } from '../common/local-time.js';
import { isObject } from '../config/powershell-object.js';
import { hostName } from '../common/lines.js';
import { toolResult } from './tool-result.js';
/** The report that an object is; null when it is none. */
export function healthReportOf(object, path) {
    const outer = childOf(object, 'HealthCheckerExchangeServer');
    const server = outer && isServer(outer) ? outer : isServer(object) ? object : null;
    if (!server)
        return null;
    const [lines, page] = [linesIn(object, 'DisplayResults'), linesIn(object, 'HtmlServerValues')];
    const [shown, said] = [[...lines, ...page], vulnerabilities(lines)];
    const exchange = childOf(server, 'ExchangeInformation');
    const information = exchange && childOf(exchange, 'BuildInformation');
    const setup = (information && childOf(information, 'ExchangeSetup')) ?? (exchange && childOf(exchange, 'ExchangeSetup'));
    const exact = setup && textOf(setup, 'FailedGetExSetup')?.toLowerCase() !== 'true' ? textOf(setup, 'FileVersion') : null;
    const update = buildOf(exact ?? shownAs(shown, 'Build Number') ?? '');
    const cu = information &&
        (versionOf(childOf(information, 'VersionInformation'), 'BuildVersion') ?? textOf(information, 'BuildNumber'));
    return {
        version: textOf(server, 'HealthCheckerVersion'),
        host: hostName(textOf(server, 'ServerName')),
        time: timeOf(server.properties.get('GenerationTime'), path) ?? timeOf(shownAs(shown, 'Generation Time'), path),
        build: update ?? buildOf(cu ?? (exchange && textOf(exchange, 'ExchangeBuildNumber')) ?? ''),
        precision: update === null ? 'cu' : 'update',
        // In the page one cell lists them all.
        lines: said.length > 0 ? said : vulnerabilities(page),
    };
}
function isServer(object) {
    return object.properties.has('HealthCheckerVersion') && object.properties.has('ServerName');
}
/** The events of a report, that many at the most. */
export function healthEvents(server, lines, at) {
    return lines
        .slice(0, 5_000)
        .map((line) => toolResult(healthResult(server, line), `Security Vulnerability: ${line.verdict}`, at));
}
/** What the script says of one vulnerability, whatever form it came in. */
export function healthResult({ version, host, time }, { cve, verdict, action }) {
    return {
        tool: 'HealthChecker',
        version,
        rule: 'Security Vulnerability',
        level: action === 'vulnerable' ? 'medium' : 'informational',
        verdict,
        time,
        host,
        fields: { Action: action, Cve: cve },
    };
}
/** The numbers of vulnerabilities and advisories that a text names. */
export function advisoriesIn(text) {
    const named = text.match(/\b(?:CVE-\d{4}-\d{4,7}|ADV\d{6,10})/gi) ?? [];
    return [...new Set(named.map((name) => name.toUpperCase()))];
}
export const PASSED = 'All known security issues in this version of the script passed';
function vulnerabilities(shown) {
    const lines = new Map();
    const add = (line) => void lines.set(line.cve ?? line.verdict, line);
    for (const line of shown) {
        const [name, value] = [line.get('Name') ?? '', line.get('DisplayValue') ?? line.get('DetailValue') ?? ''];
        if (/^Security Vulnerabilit(?:y|ies)$/.test(name)) {
            const named = advisoriesIn(['CustomName', 'TestingName', 'CustomValue'].map((key) => line.get(key) ?? '').join(' '));
            const cves = named.length > 0 ? named : advisoriesIn(value);
            for (const cve of cves)
                add({ cve, verdict: `vulnerable: ${cve}`, action: 'vulnerable' });
            if (cves.length === 0)
                add({ cve: null, verdict: value.slice(0, 1000), action: 'vulnerable' });
        }
        else if (name === 'IIS module anomalies detected' && /^true$/i.test(value))
            add({ cve: null, verdict: name, action: 'vulnerable' });
        else if (value.startsWith(PASSED) || (name === 'Vulnerability Detected' && value === 'None'))
            add({ cve: null, verdict: PASSED, action: 'passed' });
    }
    return [...lines.values()];
}
function shownAs(shown, name) {
    const line = shown.find((one) => one.get('Name') === name);
    return line?.get('DisplayValue') ?? line?.get('DetailValue') ?? null;
}
/** The lines of a dictionary of lists: `DisplayResults` by group, `HtmlServerValues` by part of the page. */
function linesIn(object, name) {
    const groups = childOf(object, name);
    if (!groups)
        return [];
    const lists = [...(groups.entries ?? []).map(([, list]) => list), ...groups.properties.values()];
    return lists
        .flatMap((list) => (isObject(list) && list.items !== null ? list.items : [list]))
        .slice(0, 20_000)
        .map(membersOf);
}
/** The members of an object as text. What lies deeper than an export goes is text already: `\u0040{Name=value; Other=value}`. */
function membersOf(value) {
    if (!isObject(value))
        return typeof value === 'string' && value.startsWith('\u0040{') ? cutOf(value) : new Map();
    const members = new Map();
    for (const [name, member] of value.properties) {
        const text = plain(member);
        if (text !== null && text !== '')
            members.set(name, text);
    }
    return members.size === 0 && value.text?.startsWith('\u0040{') ? cutOf(value.text) : members;
}
function cutOf(text) {
    const members = new Map();
    const names = [...text.slice(0, 65_536).matchAll(/(?:^@\{|; )(\w{1,60})=/g)].slice(0, 100);
    names.forEach((name, i) => {
        const end = names[i + 1]?.index ?? Math.min(text.length, 65_536) - 1;
        const value = text.slice(name.index + name[0].length, end);
        if (value !== '' && !members.has(name[1]))
            members.set(name[1], value);
    });
    return members;
}
// ---------------------------------------------------------------- members
function childOf(object, name) {
    const value = object.properties.get(name);
    if (isObject(value))
        return value;
    if (typeof value !== 'string' || !value.startsWith('\u0040{'))
        return null;
    return { types: [], text: value, properties: cutOf(value), items: null, entries: null, wrapped: null };
}
function textOf(object, name) {
    const text = plain(object.properties.get(name));
    return text === null ? null : text.slice(0, 4096);
}
/** A value as text; of a list its items, one a line. */
function plain(value) {
    if (value === undefined || value === null)
        return null;
    if (!isObject(value))
        return String(value);
    if (value.items !== null)
        return value.items
            .slice(0, 1000)
            .map((item) => plain(item) ?? '')
            .join('\n');
    return value.text ?? (value.wrapped === null ? null : String(value.wrapped));
}
/** `15.1.2106.2`, or the four numbers of a `System.Version`. */
function versionOf(object, name) {
    const value = object?.properties.get(name);
    if (!isObject(value) || value.text !== null)
        return plain(value);
    return ['Major', 'Minor', 'Build', 'Revision'].map((part) => plain(value.properties.get(part)) ?? '').join('.');
}
/**
 * A date as it is exported: ISO in XML and by PowerShell 7, `/Date(1616234400000)/` by Windows PowerShell, there also as
 * the `value` of an object; or as text.
 */
function timeOf(value, path) {
    if (isObject(value))
        return timeOf(value.properties.get('value') ?? value.wrapped ?? value.text, path);
    if (typeof value !== 'string')
        return null;
    const since = /^\/Date\((\d{1,14})(?:[+-]\d{4})?\)\/$/.exec(value);
    return since ? Number(since[1]) : reportTime(value, path);
}
const DAY = 86_400_000;
/**
 * A date in the culture of the server. Where its order of day and month is open, the name of the file says it, which ends
 * in the time when the script began: `HealthChecker-MAIL01-20210310100000.txt`.
 */
export function reportTime(text, path) {
    const certain = certainTime(text);
    if (certain !== null)
        return certain;
    const m = /(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.\w{1,5}$/.exec(path);
    const began = m ? utcTime(+m[1], +m[2], +m[3], +m[4], +m[5], +m[6]) : null;
    if (began === null)
        return null;
    const near = ordersOf([text])
        .map((order) => cultureTime(text, order))
        .filter((time) => Math.abs(time - began) < 2 * DAY);
    return new Set(near).size === 1 ? near[0] : null;
}
//# sourceMappingURL=health-report.js.map