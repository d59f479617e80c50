const TRACKS = 500;
const RUNS = 5_000;
/** Builds that rows speak of: one fact per consecutive run of one build, never one per row. */
export class BuildRuns {
    #sink;
    #tracks = new Map();
    #emitted = 0;
    constructor(sink) {
        this.#sink = sink;
    }
    /** A row of this host says that this build ran then. `place` is asked only when a run begins. */
    see(build, precision, source, host, time, place) {
        const key = `${source}\0${host}`;
        const seen = this.#tracks.get(key);
        if (seen && seen.run.build === build) {
            if (time === null)
                return;
            const { run } = seen;
            if (run.from === null || time < run.from)
                run.from = time;
            if (run.to === null || time > run.to)
                run.to = time;
            return;
        }
        if (seen)
            this.#emit(seen);
        else if (this.#tracks.size >= TRACKS)
            return;
        this.#tracks.set(key, { source, precision, host, run: { build, from: time, to: time, at: place() } });
    }
    finish() {
        for (const seen of this.#tracks.values())
            this.#emit(seen);
        this.#tracks.clear();
    }
    #emit({ source, precision, host, run }) {
        if (this.#emitted++ < RUNS)
            this.#sink.fact({ fact: 'build', precision, source, host, ...run });
    }
}
/** `15.01.2375.007` or `15.1.2375.7` as `15.1.2375.7`; null for what is no build of Exchange (`15.0.0.0`). */
export function buildOf(text) {
    const m = /^\s*(\d{1,2})\.(\d{1,3})\.(\d{1,5})\.(\d{1,5})\s*$/.exec(text);
    if (!m)
        return null;
    const [major, minor, number, revision] = m.slice(1).map(Number);
    if (major < 8 || major > 16 || number === 0)
        return null;
    return `${major}.${minor}.${number}.${revision}`;
}
//# sourceMappingURL=build-sightings.js.map