/** Days between the beginnings of two years and of two months, about, and a day on which a year began. */
const CALENDARS = {
    'islamic-umalqura': { year: 354.367, month: 29.531, epoch: Date.UTC(2021, 7, 9), of: 1443 },
    persian: { year: 365.2422, month: 30.44, epoch: Date.UTC(2021, 2, 21), of: 1400 },
};
const DAY = 86_400_000;
/** Farther from the guess no month begins. */
const REACH = 4;
const formatters = new Map();
const months = new Map();
/** Midnight (UTC) of a day in one of these calendars; null where there is no such day. */
export function dayOfCalendar(calendar, year, month, day) {
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return null;
    const key = `${calendar} ${year} ${month}`;
    let first = months.get(key);
    if (first === undefined)
        months.set(key, (first = firstOf(calendar, year, month)));
    if (first === null)
        return null;
    const at = first + (day - 1) * DAY;
    return isDay(calendar, at, year, month, day) ? at : null;
}
function firstOf(calendar, year, month) {
    const { year: yearly, month: monthly, epoch, of } = CALENDARS[calendar];
    const guess = Math.round(epoch / DAY + (year - of) * yearly + (month - 1) * monthly);
    for (let i = -REACH; i <= REACH; i++)
        if (isDay(calendar, (guess + i) * DAY, year, month, 1))
            return (guess + i) * DAY;
    return null;
}
function isDay(calendar, at, year, month, day) {
    let formatter = formatters.get(calendar);
    if (!formatter) {
        formatter = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
            timeZone: 'UTC',
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
        });
        formatters.set(calendar, formatter);
    }
    const parts = formatter.formatToParts(at);
    const has = (type, value) => parts.some((part) => part.type === type && Number(part.value) === value);
    return has('year', year) && has('month', month) && has('day', day);
}
//# sourceMappingURL=calendars.js.map