import { loadSigma } from './load.js';
/** Sigma rules, version 2, with correlations, filters, and values for placeholders. */
export const sigma = {
    name: 'sigma',
    extensions: ['.yml', '.yaml'],
    load: (files, known) => Promise.resolve(loadSigma(files, known)),
};
//# sourceMappingURL=index.js.map