/** The folder of the package: packs and knowledge lie in it. */
export declare const home: string;
/** The program itself, as it runs. */
export declare const programFolder: string;
export declare const packsFolder: string;
/** Evidence of ordinary days, on which no rule may fire. */
export declare const benignFolder: string;
export declare const knowledgeFolder: string;
export declare const version: string;
/** How the program is called here: in a working copy, or as it was installed. */
export declare const command: string;
