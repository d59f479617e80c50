/** What shows that a page is a part of an application, or an ordinary form for uploads: less is said of it then. */
/** Other files of its application stand in the page, or make it up. */
const parts = /(?<!["'])<!--\s{0,40}#\s{0,40}include\b|\u003c%@[^>]{0,800}\b(?:codebehind|codefile|masterpagefile|virtualpath)\s{0,4}=|\u003c%@[^>]{0,800}\binherits\s{0,4}=\s{0,4}["']?\w{1,80}\.\w|\u003c%@\s{0,8}register[^>]{0,800}\bsrc\s{0,4}=/i;
export function isPartOfApplication(page, isLibrary) {
    return isLibrary || parts.test(page);
}
/** The page looks at the kind of file, or at who asks. */
export const checksUpload = /GetExtension|\.\s{0,4}EndsWith\s{0,4}\(|IsAuthenticated|IsInRole|Identity\s{0,4}\.\s{0,4}Name\b|PostedFile\s{0,4}\.\s{0,4}ContentType|Files\b[^;\r\n]{0,60}\.\s{0,4}ContentType|\b(?:is_?)?(?:allow|valid|check|permit|filter|deny|up_?)\w{0,12}(?:ext|type)|\bis_?(?:allowed|valid)\w{0,12}\s{0,4}\(|\bcheck_?(?:admin|login|user|power|right|permission|session|level)|\b(?:jpe?g|gif|png|bmp)\b\W{1,6}(?:jpe?g|gif|png|bmp)\b|(?:file|allow)_?ext\w{0,12}\s{0,4}(?:=|<>|!=)\s{0,4}["']/i;
//# sourceMappingURL=page-part.js.map