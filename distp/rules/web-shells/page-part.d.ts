/** What shows that a page is a part of an application, or an ordinary form for uploads: less is said of it then. */
export declare function isPartOfApplication(page: string, isLibrary: boolean): boolean;
/** The page looks at the kind of file, or at who asks. */
export declare const checksUpload: RegExp;
