import { layersOf } from './decode.js';
/**
 * Was all code of a page followed, and does it take nothing: no value of a request, of another server, of a database or of a
 * file, and starts or looks up nothing by a name that it puts together? Said of short, plain pages alone (a word for a
 * monitor, another address, the hour); of all others nothing is known. What stands in texts and comments counts as code,
 * since who hides code in them knows how.
 */
export function takesNothing(bytes) {
    if (bytes.length > LIMIT || layersOf(bytes).length > 0)
        return false;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    if (/[\0\x80-\xff]/.test(text.replace(/^\xef\xbb\xbf/, '')))
        return false;
    if (!/\u003c%|<\?|\b\u0072unat\b|@\{|<!--\s{0,40}#|\bclass\b/i.test(text))
        return true;
    return isPlain(text) && !taken.test(text.replace(answers, ' '));
}
const LIMIT = 64 * 1024;
/** What only answers: the names of the method that a handler has, of its parameter, and of the answer. */
const answers = /\bProcessRequest\b|\bHttpContext\s{1,8}\w{1,40}(?=\s{0,8}\))|\b(?:context|ctx|page|this)\s{0,4}\.\s{0,4}Response\b/gi;
/** What brings a value in, or reaches what could under a name that is put together. */
const taken = /request|querystring|\bparams\b|inputstream|\bfiles?\b|\bform\s{0,4}[[(.]|cookie|header|rawurl|variables|viewstate|session|application\s{0,4}[[(.]|\bcache\b|context|\bcurrent\b|postback|\.\s{0,4}(?:text|value)\b|\bidentity\b|webmethod|callback|eval|execut|transfer|invoke|reflect|gettype|typeof|callbyname|activator|createinstance|createobject|getobject|getref|assembly|codedom|compil|delegate|dynamic|marshal|dllimport|unsafe|serializ|xaml|xsl|loadcontrol|parsecontrol|wscript|\bprocess|\bshell\b|powershell|runspace|\bweb(?:client|service)|http(?:client|listener)|socket|tcp|udp|xmlhttp|download|connection|\bsql|oledb|odbc|adodb|recordset|pipe|queue|directory|stream|\[\s{0,4}["']|\\u|\\x/i;
/** All of its code stands in the page, in a language that has no names put together, and none of its parts can be filled in. */
function isPlain(text) {
    if (/<\?|@\{|<!--\s{0,40}#|\u003c%[-$#](?!-)|<object\b/i.test(text))
        return false;
    const server = text.replace(/<script\b(?![^>]{0,400}\b\u0072unat)[^>]{0,400}>/gi, ' ');
    const languages = [...server.matchAll(/\blanguage\s{0,4}=\s{0,4}["']?\s{0,4}([\w#]{0,20})/gi)];
    if (!languages.every(([, one]) => /^(?:c#|cs|csharp|vb|vbscript|visualbasic)$/i.test(one)))
        return false;
    const directives = [...text.matchAll(/\u003c%@([^%]{0,2000})%>/g)].map(([, one]) => one);
    if (directives.length !== text.split('\u003c%@').length - 1)
        return false;
    const isHandler = directives.some((one) => /^\s{0,40}webhandler\b/i.test(one));
    if (isHandler && !/\bclass\s{1,8}\w/.test(text.replace(/\u003c%@[^%]{0,2000}%>/g, ' ')))
        return false;
    return directives.every((one) => directive.test(one) && !elsewhere.test(one)) && tags(text);
}
const directive = /^\s{0,40}(?:page|webhandler|import|outputcache|language)\b/i;
/** The code is somewhere else, or in another character set. */
const elsewhere = /\b(?:inherits|src|codebehind|codefile|masterpagefile|virtualpath|codepage)\s{0,4}=/i;
/** Are all tags that the server fills in such that a client cannot? */
function tags(text) {
    const served = [...text.matchAll(/<([\w:]{1,40})\b[^<>]{0,800}\b\u0072unat\s{0,4}=/gi)].map(([, name]) => name.toLowerCase());
    return (served.length === text.split(/\b\u0072unat\b/i).length - 1 &&
        served.every((name) => shown.has(name)) &&
        !/<(?!asp:(?:label|literal|panel|image|hyperlink|placeholder)\b)\w{1,40}:\w/i.test(text));
}
const shown = new Set('script form head html body title div span p img asp:label asp:literal asp:panel asp:image asp:hyperlink asp:placeholder'.split(' '));
//# sourceMappingURL=takes-nothing.js.map