/** Time of the last text, cut to minutes, and the text of that minute: records follow each other closely. */
let minute = Number.NaN;
let begin = '';
/** `fileTimeText` of lib/time.ts for a time that is known to be one, in milliseconds and as FILETIME. */
export function eventTimeText(time, low, high) {
    const whole = Math.floor(time / 60_000);
    if (whole !== minute) {
        minute = whole;
        begin = new Date(whole * 60_000).toISOString().slice(0, 17);
    }
    const seconds = Math.floor((time - whole * 60_000) / 1_000);
    const ticks = ((((high % 10_000_000) * 4_967_296) % 10_000_000) + (low % 10_000_000)) % 10_000_000;
    return `${begin}${seconds < 10 ? '0' : ''}${seconds}.${String(ticks + 10_000_000).slice(1)}Z`;
}
//# sourceMappingURL=times.js.map