/** The files of a case in OUT, beside the folders of its servers. */
export const caseFile = 'case.json';
export const casePageFile = 'case.html';
//# sourceMappingURL=case-files.js.map