/** The seven expressions of ICD 203, from least to most. */
export const likelihoods = [
    'almost no chance',
    'very unlikely',
    'unlikely',
    'roughly even chance',
    'likely',
    'very likely',
    'almost certain',
];
export const hands = ['few', 'some', 'many', 'all'];
export const traceKinds = ['called', 'digest', 'file', 'client', 'rule'];
/**
 * exclusive: reports tie it to this actor alone · distinctive: to this actor, but others could have it or come to it ·
 * shared: to many.
 */
export const traceWeights = ['exclusive', 'distinctive', 'shared'];
//# sourceMappingURL=actor.js.map