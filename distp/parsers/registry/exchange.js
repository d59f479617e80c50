import { utcTime } from '../../lib/time.js';
import { buildOf } from '../exchange/build-sightings.js';
import { gives, valueFields, keyValues } from './context.js';
import { anyText, details, numberOf, registryText } from './value.js';
const DAY = 86_400_000;
/** The key of Exchange's setup: folder and build of the cumulative update. Security updates do not change it. */
export function readExchangeSetup(key, context) {
    const number = (name) => numberOf(key.value(name));
    const parts = ['MsiProductMajor', 'MsiProductMinor', 'MsiBuildMajor', 'MsiBuildMinor'].map(number);
    const build = parts.includes(null) ? null : buildOf(parts.join('.'));
    context.emit(gives.exchange, key, {
        fields: {
            Setting: 'Setup',
            Build: build,
            MsiInstallPath: registryText(key.value('MsiInstallPath')),
            OwaVersion: registryText(key.value('OwaVersion')),
        },
        target: build ?? context.pathOf(key),
    });
    settings(key, context);
    if (build === null || key.deleted)
        return;
    // The key has not been written since: so long the build was the same at least.
    const to = context.end === null || key.time === null ? key.time : Math.max(context.end, key.time);
    context.fact({
        fact: 'build',
        build,
        precision: 'cu',
        source: 'registry',
        from: key.time,
        to,
        host: null,
        at: context.placeOf(key.at),
    });
}
/** Each value of a key of settings, as it stands. */
export function settings(key, context) {
    for (const { value, former } of keyValues(key))
        context.emit(gives.exchange, key, {
            value,
            former,
            fields: { Setting: value.name, ...valueFields(value, details(value)) },
        });
}
/** Installed products and updates: those of Exchange tell of its builds, others are told as they stand. */
export function uninstall(key, context) {
    const text = (name) => anyText(key.value(name));
    const name = text('DisplayName') ?? text('PackageName');
    if (name === null)
        return;
    const version = text('DisplayVersion') ?? text('PackageVersion');
    const date = text('InstallDate') ?? text('Installed') ?? text('InstalledDate');
    const fields = {
        Product: name,
        KB: /\bKB\d{6,8}\b/i.exec(`${name} ${key.name}`)?.[0].toUpperCase() ?? null,
        DisplayVersion: version,
        InstallDate: date,
        Publisher: text('Publisher'),
        InstallLocation: text('InstallLocation'),
        InstallSource: text('InstallSource'),
        UninstallString: text('UninstallString'),
    };
    if (!/\bExchange\b/i.test(name) || /\bActiveSync\b|\bOutlook\b/i.test(name)) {
        context.emit(gives.registry, key, { fields: { Category: 'Installed program', ...fields }, target: name });
        return;
    }
    context.emit(gives.exchange, key, { fields: { Setting: 'Installed', ...fields }, target: name });
    const build = version === null ? null : buildOf(version);
    const from = installed(date, key.time);
    if (build === null || from === null || key.deleted || !isServer(name))
        return;
    const isUpdate = /\b(?:Security|Hotfix|Interim) Update\b/i.test(name);
    const fact = { fact: 'build', build, source: 'uninstall key', host: null, at: context.placeOf(key.at) };
    // An update runs until something else is seen; the product's own key shows the cumulative update that is there now.
    if (isUpdate)
        context.fact({ ...fact, precision: 'update', from, to: null });
    else
        context.fact({ ...fact, precision: 'cu', from, to: Math.max(from, context.end ?? from) });
}
/** The server and its updates, not language packs, tools and clients. */
function isServer(name) {
    return (/\bExchange (?:Server\b|v1[45]$)/i.test(name) && !/Language Pack|Client|Management Pack|Messaging API/i.test(name));
}
/** The day of an installation: the time at which its key was written that day, else the end of the day wherever it was. */
function installed(date, written) {
    const m = /^(\d{4})(\d\d)(\d\d)$/.exec(date ?? '') ?? /^(\d{4})-(\d\d)-(\d\d)/.exec(date ?? '');
    const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(date ?? '');
    const day = m ? utcTime(+m[1], +m[2], +m[3]) : us ? utcTime(+us[3], +us[1], +us[2]) : null;
    if (day === null)
        return null;
    const near = written !== null && written >= day - DAY && written < day + 2 * DAY;
    return near ? written : day + DAY - 1;
}
//# sourceMappingURL=exchange.js.map