import { PosternError } from '../lib/errors.js';
/**
 * Files and folders of the evidence that the user leaves out: exact paths inside the evidence, never patterns, so that a
 * name in the evidence cannot take more out than the user meant. Each file that is left out stays in the list, as a gap.
 */
export class Exclusions {
    #paths;
    #unmatched;
    #isOptional;
    /** `isOptional`: of several servers one may lack what another has. */
    constructor(paths, isOptional) {
        this.#paths = paths.map((path) => path.replace(/(?<=[^/])\/+$/, ''));
        this.#isOptional = isOptional;
        this.#unmatched = new Set(this.#paths);
    }
    /** The mistake in it, where no evidence so far has a path. */
    get mistake() {
        const [path] = this.#unmatched;
        return path === undefined
            ? null
            : `--exclude ${path}: the evidence has no such file or folder. Give the path as coverage.jsonl lists it, from the top of the evidence, with / between folders.`;
    }
    /** The list with what is left out refused. */
    removeFrom(listed) {
        if (this.#paths.length === 0)
            return listed;
        for (const { path } of listed.refused)
            this.#find(path);
        const members = listed.members.map((member) => {
            const { companions = [] } = member;
            const read = companions.filter(({ path }) => this.#find(path) === undefined);
            const whole = read.length === companions.length ? member : { ...member, companions: read };
            const excluded = this.#find(member.path);
            if (excluded === undefined)
                return whole;
            return { ...whole, refused: { reason: 'excluded', detail: `left out with --exclude ${excluded}` } };
        });
        if (!this.#isOptional && this.mistake !== null)
            throw new PosternError('usage', this.mistake);
        return { ...listed, members };
    }
    /** The exclusion that a path is or lies below, in folders and in archives. */
    #find(path) {
        const found = this.#paths.find((excluded) => path === excluded || path.startsWith(`${excluded}/`) || path.startsWith(`${excluded}!/`));
        if (found !== undefined)
            this.#unmatched.delete(found);
        return found;
    }
}
//# sourceMappingURL=exclusions.js.map