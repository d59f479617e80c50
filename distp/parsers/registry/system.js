import { fileTime, fileTimeText } from '../../lib/time.js';
import { hostName } from '../common/lines.js';
import { gives, valueFields } from './context.js';
import { details, numberOf, registryText } from './value.js';
/** The name of the machine, out of the control set in use. */
export function computerName(root, controlSet) {
    const set = root.key(controlSet);
    const name = registryText(set?.key('Control\\ComputerName\\ComputerName')?.value('ComputerName') ?? null) ??
        registryText(set?.key('Services\\Tcpip\\Parameters')?.value('Hostname') ?? null);
    return hostName(name);
}
/** The time zone, as minutes that standard time is ahead of UTC. */
export function timeZone(key, context) {
    const bias = signed(numberOf(key.value('Bias')));
    if (bias === null || key.deleted)
        return;
    // Windows counts what has to be added to local time to get UTC.
    const minutes = -(bias + (signed(numberOf(key.value('StandardBias'))) ?? 0));
    if (Math.abs(minutes) > 14 * 60)
        return;
    context.fact({
        fact: 'zone',
        minutes: minutes === 0 ? 0 : minutes,
        source: 'SYSTEM hive',
        at: context.placeOf(key.at),
    });
}
function signed(number) {
    return number === null ? null : number | 0;
}
/** When Windows was shut down last. */
export function lastShutdown(key, context) {
    const value = key.value('ShutdownTime');
    const data = value?.data(8) ?? null;
    if (value === null || data === null || data.length < 8)
        return;
    const [low, high] = [data.readUInt32LE(0), data.readUInt32LE(4)];
    const text = fileTimeText(low, high);
    context.emit(gives.registry, key, {
        value,
        time: fileTime(low, high),
        fields: { Category: 'Last shutdown', ...valueFields(value, text ?? details(value)) },
        raw: `Last shutdown: ${text ?? 'unknown'}`,
    });
}
//# sourceMappingURL=system.js.map