/**
 * The files that a page of the server includes: `path` of each in lower case with `/`, from the root of the site where it begins
 * so (`isOfSite`), else from the drive, by the folder of the page. Other pages run by themselves.
 */
export declare function includesOf(text: string, page: string): {
    readonly path: string;
    readonly isOfSite: boolean;
}[];
