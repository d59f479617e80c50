/** The files of a case in OUT, beside the folders of its servers. */
export declare const caseFile = "case.json";
export declare const casePageFile = "case.html";
