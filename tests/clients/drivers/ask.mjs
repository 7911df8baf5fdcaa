// The calls of a file, made with the client in JavaScript: ask.mjs CALLS CLIENT. Prints what ask.py prints.
import {readFileSync, writeSync} from "node:fs";
import {pathToFileURL} from "node:url";

const {Annals, Problem, collect} = await import(pathToFileURL(process.argv[3]));

async function made({url, token, timeout = 60, verb, id, filters, as}) {
    const store = new Annals(url, {token, timeout: timeout * 1000});
    const answer = await (id === undefined ? store[verb](filters) : store[verb](id, filters));
    if (as === "size") {
        await collect(answer);
        return {version: answer.version, matched: answer.matched};
    }
    const given = as ? answer[as]() : answer;
    return given[Symbol.asyncIterator] ? collect(given) : given;
}

async function outcome(call) {
    try {
        return {gave: await made(call)};
    } catch (error) {
        if (!(error instanceof Problem)) {
            return {error: `${error.name}: ${error.message}`};
        }
        const {status, type, title, detail, errors, message} = error;
        return {problem: {status, type, title, detail, errors, message}};
    }
}

const outcomes = [];
for (const call of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
    outcomes.push(await outcome(call));
}
const bytes = Buffer.from(JSON.stringify(outcomes));
for (let at = 0; at < bytes.length;) {
    at += writeSync(1, bytes, at);
}
