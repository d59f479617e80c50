/** Was a request answered with success? */
export function isSuccessStatus(status) {
    const number = Number(status);
    return number >= 200 && number < 300;
}
//# sourceMappingURL=requests.js.map