/** A time zone by name (`Europe/Berlin`) or fixed offset (`+01:00`, `UTC`); null when there is none of that name. */
export function zoneOf(name) {
    if (/^(utc|z|gmt)$/i.test(name))
        return { name: 'UTC', fixed: 0 };
    const offset = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d\d))?$/i.exec(name);
    if (offset) {
        const minutes = (Number(offset[2]) * 60 + Number(offset[3] ?? 0)) * (offset[1] === '-' ? -1 : 1);
        return Math.abs(minutes) <= 14 * 60 ? { name, fixed: minutes } : null;
    }
    try {
        formatter(name);
        return { name, fixed: null };
    }
    catch (error) {
        if (error instanceof RangeError)
            return null;
        throw error;
    }
}
/** The UTC time of a wall-clock time of the zone (given as if it were UTC). Of a repeated hour the first is taken. */
export function utcOf(zone, local) {
    if (zone.fixed !== null)
        return local - zone.fixed * 60_000;
    const guess = local - offsetAt(zone, local);
    return local - offsetAt(zone, guess);
}
/** The wall-clock time of the zone at a UTC time, given as if it were UTC. */
export function wallOf(zone, utc) {
    return utc + (zone.fixed === null ? offsetAt(zone, utc) : zone.fixed * 60_000);
}
/** Milliseconds that the zone is ahead of UTC at a UTC time. The zone database is the runtime's; no locale is involved. */
function offsetAt(zone, utc) {
    const parts = new Map(formatter(zone.name)
        .formatToParts(utc)
        .map(({ type, value }) => [type, Number(value)]));
    const wall = Date.UTC(parts.get('year'), parts.get('month') - 1, parts.get('day'), parts.get('hour') % 24, parts.get('minute'), parts.get('second'));
    return wall - Math.floor(utc / 1000) * 1000;
}
const formatters = new Map();
function formatter(name) {
    let found = formatters.get(name);
    if (!found) {
        const digits = {
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
            second: 'numeric',
        };
        found = new Intl.DateTimeFormat('en-US', {
            timeZone: name,
            hourCycle: 'h23',
            calendar: 'gregory',
            numberingSystem: 'latn',
            ...digits,
        });
        formatters.set(name, found);
    }
    return found;
}
//# sourceMappingURL=zones.js.map