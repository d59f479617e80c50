import { fileTime } from '../../lib/time.js';
const DAY = 86_400_000;
/** The FILETIME at a place, in milliseconds since 1970; null when it is none. */
export function timeAt(bytes, at) {
    return fileTime(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4));
}
let lastLow = 0;
let lastHigh = 0;
let lastText = null;
/**
 * The FILETIME at a place as ISO UTC with all seven decimals; null when it is none. The same as `fileTimeText`, for eight
 * times of each of millions of files: many are equal, and many are of one day.
 */
export function fileTimeAt(bytes, at) {
    const low = bytes.readUInt32LE(at);
    const high = bytes.readUInt32LE(at + 4);
    if (low === lastLow && high === lastHigh)
        return lastText;
    lastLow = low;
    lastHigh = high;
    lastText = textOf(low, high);
    return lastText;
}
function textOf(low, high) {
    const time = fileTime(low, high);
    if (time === null)
        return null;
    const day = Math.floor(time / DAY);
    const second = Math.floor((time - day * DAY) / 1000);
    // 2^32 ticks are 4,967,296 more than a whole number of seconds.
    const rest = (((high % 10_000_000) * 4_967_296) % 10_000_000) + (low % 10_000_000);
    const hours = two(Math.floor(second / 3600));
    const minutes = two(Math.floor(second / 60) % 60);
    return `${dayText(day)}${hours}:${minutes}:${two(second % 60)}.${(10_000_000 + (rest % 10_000_000)).toString().slice(1)}Z`;
}
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
function two(n) {
    return TWO[n];
}
const days = new Map();
/** `2021-03-03T` */
function dayText(day) {
    let text = days.get(day);
    if (text === undefined) {
        if (days.size > 20_000)
            days.clear();
        days.set(day, (text = new Date(day * DAY).toISOString().slice(0, 11)));
    }
    return text;
}
//# sourceMappingURL=times.js.map