/** Steps from one starting point that a backtracking engine may take. */
export const STEPS = 2_000;
/**
 * The same yes or no with less work: where a search may begin or end anywhere, a repetition at that edge need only be
 * there its least number of times (`\w+x` finds what `\wx` finds).
 */
export function shorten(node) {
    return edge(edge(node, 'first'), 'last');
}
function edge(node, side) {
    switch (node.is) {
        case 'rep':
            return node.max === node.min ? node : { ...node, max: node.min };
        case 'group':
            return { ...node, of: edge(node.of, side) };
        case 'alt':
            return { is: 'alt', of: node.of.map((branch) => edge(branch, side)) };
        case 'seq': {
            let { of } = node;
            for (;;) {
                const at = side === 'first' ? 0 : of.length - 1;
                const part = of[at];
                if (!part)
                    return { is: 'seq', of };
                const shorter = edge(part, side);
                const isGone = shorter.is === 'rep' && shorter.max === 0;
                if (!isGone)
                    return { is: 'seq', of: of.with(at, shorter) };
                of = side === 'first' ? of.slice(1) : of.slice(0, -1);
            }
        }
        default:
            return node;
    }
}
/**
 * The most steps that backtracking takes from one starting point, and in how many ways the node can match there.
 * `unbounded`: how often a loop without end is taken to go round beyond its least number.
 */
export function countSteps(node, unbounded = Infinity) {
    switch (node.is) {
        case 'char':
        case 'set':
        case 'at':
            return { steps: 1, paths: 1 };
        case 'ref':
            // What a group held is compared again.
            return { steps: 64, paths: 1 };
        case 'group':
            return countSteps(node.of, unbounded);
        case 'look':
            return { steps: countSteps(node.of, unbounded).steps + 1, paths: 1 };
        case 'alt': {
            let [steps, paths] = [0, 0];
            for (const child of node.of) {
                const each = countSteps(child, unbounded);
                steps += each.steps;
                paths += each.paths;
            }
            return { steps, paths };
        }
        case 'seq': {
            let [steps, paths] = [1, 1];
            for (const child of node.of) {
                const each = countSteps(child, unbounded);
                steps += paths * each.steps;
                paths *= each.paths;
            }
            return { steps, paths };
        }
        case 'rep': {
            const each = countSteps(node.of, unbounded);
            const max = node.max === Infinity ? node.min + unbounded : node.max;
            if (max === Infinity)
                return { steps: Infinity, paths: Infinity };
            let [steps, paths, power] = [1, 0, 1];
            for (let k = 0; k <= max && steps < 1e9; k++) {
                if (k >= node.min)
                    paths += power;
                if (k < max)
                    steps += power * each.steps;
                power *= each.paths;
            }
            return steps < 1e9 ? { steps, paths } : { steps: Infinity, paths: Infinity };
        }
    }
}
/** By which power of the text the work grows from one place on. */
export function degreeOf(node) {
    switch (node.is) {
        case 'seq': {
            // What is looked for ahead is left behind when it is found or not: its loops multiply only what was before it.
            let [passed, most] = [0, 0];
            for (const child of node.of) {
                most = Math.max(most, passed + degreeOf(child));
                if (child.is !== 'look')
                    passed += degreeOf(child);
            }
            return most;
        }
        case 'alt':
            return node.of.reduce((most, one) => Math.max(most, degreeOf(one)), 0);
        case 'rep':
            // A loop of one thing at a time cannot be split in two ways; a longer body may overlap with itself.
            return degreeOf(node.of) + (node.max < Infinity ? 0 : isPlain(node.of) ? 1 : 2);
        case 'group':
        case 'look':
            return degreeOf(node.of);
        default:
            return 0;
    }
}
function isPlain({ is }) {
    return is === 'char' || is === 'set' || is === 'ref';
}
export function beginsAtStart(node) {
    if (node.is === 'at')
        return node.place === 'start';
    if (node.is === 'group')
        return beginsAtStart(node.of);
    if (node.is === 'alt')
        return node.of.every(beginsAtStart);
    return node.is === 'seq' && node.of[0] !== undefined && beginsAtStart(node.of[0]);
}
//# sourceMappingURL=cost.js.map