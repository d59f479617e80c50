import { hourOf } from '../../lib/time.js';
import { isIisLog } from '../../model/log-kinds.js';
import { logNameOf } from '../../model/log-names.js';
/** What the names of rotated log files say is missing: a number of a day or an hour, an hourly file, a day file. */
export function rotationHoles(kind, files) {
    const named = files.flatMap((file) => {
        const name = logNameOf(file.path);
        return name ? [{ ...name, file }] : [];
    });
    return [
        ...[
            ...grouped(named.filter((n) => n.number !== null), (n) => `${n.series}\0${n.from}`).values(),
        ].flatMap(numbers),
        ...[
            ...grouped(named.filter((n) => n.to - n.from === 1), (n) => n.series).values(),
        ].flatMap(hours),
        ...[
            ...grouped(isIisLog(kind) ? named.filter((n) => n.number === null && n.to - n.from === 24) : [], (n) => n.series).values(),
        ].flatMap(days),
    ];
}
/** -1, -3 without -2: from the last entry before it to the first after it, else the whole hour or day. */
function numbers(group) {
    const sorted = [...group].sort((a, b) => a.number - b.number);
    const holes = [];
    for (let i = 0, wanted = 1; i < sorted.length; wanted = sorted[i].number + 1, i++) {
        const next = sorted[i];
        if (next.number <= wanted)
            continue;
        const before = sorted[i - 1]?.file.last ?? null;
        const from = before === null ? next.from : hourOf(before);
        const to = next.file.first === null ? next.to : Math.max(from + 1, hourOf(next.file.first) + 1);
        const lost = next.number - wanted === 1 ? `${wanted}` : `${wanted} to ${next.number - 1}`;
        holes.push({ from, to, reason: `rotation number ${lost} missing` });
    }
    return holes;
}
/** Where nearly every hour of the day around it has a file, an hour without one has lost it. */
function hours(group) {
    const present = new Set(group.map((n) => n.from));
    const sorted = [...present].sort((a, b) => a - b);
    const holes = [];
    for (let i = 1; i < sorted.length; i++) {
        for (let hour = sorted[i - 1] + 1; hour < sorted[i] && hour < sorted[i - 1] + 24; hour++) {
            let around = 0;
            for (let near = hour - 12; near <= hour + 12; near++)
                if (present.has(near))
                    around++;
            if (around >= 22)
                holes.push({ from: hour, to: hour + 1, reason: 'hourly file missing' });
        }
    }
    return holes;
}
/** IIS writes a file each day that has a request. */
function days(group) {
    const sorted = [...new Set(group.map((n) => n.from))].sort((a, b) => a - b);
    return sorted.flatMap((from, i) => {
        const next = sorted[i + 1];
        return next !== undefined && next > from + 24 ? [{ from: from + 24, to: next, reason: 'day file missing' }] : [];
    });
}
function grouped(named, key) {
    const groups = new Map();
    for (const n of named) {
        const group = groups.get(key(n));
        if (group)
            group.push(n);
        else
            groups.set(key(n), [n]);
    }
    return groups;
}
//# sourceMappingURL=rotation.js.map