// /openapi.json read by validators of other people, and answers held against its schemas by ajv.
import {check, get, library, same} from "../tools.mjs";

const MOST = 10; // messages that are told of one fault

// Address without the question: the path of the description whose schema the answer must follow.
const ANSWERS = [
    ["/", "/"],
    ["/v1/events", "/v1/events?limit=1000&undated=include&include=accounts,relations,claims,evidence"],
    ["/v1/events", "/v1/events?date=2021&certainty=certain&count=true&explain=true"],
    ["/v1/events", "/v1/events?q=the&sort=relevance&limit=5"],
    ["/v1/events", "/v1/events?shape=array&fields=id,title"],
    ["/v1/events", "/v1/events.geojson?limit=1000"],
    ["/v1/events", "/v1/events.jsonld?limit=1000"],
    ["/v1/events", "/v1/events.timelinejs?limit=1000"],
    ["/v1/histogram", "/v1/histogram?by=year&date=2000/2030&split=type"],
    ["/v1/histogram", "/v1/histogram?bins=7&date=2000/2030"],
    ["/v1/facets", "/v1/facets?by=actor,place,type,tag,source,role"],
    ["/v1/suggest", "/v1/suggest?q=a"],
    ["/v1/actors", "/v1/actors?q=a&count=true"],
    ["/v1/places", "/v1/places"],
    ["/v1/sources", "/v1/sources"],
    ["/v1/types", "/v1/types"],
    ["/v1/claims", "/v1/claims"],
    ["/v1/relations", "/v1/relations"],
    ["/v1/changesets", "/v1/changesets"],
    ["/v1/changes", "/v1/changes?limit=1000"],
    ["/oembed", "/oembed?url=/v1/events&maxwidth=500"],
    ["/healthz", "/healthz"],
];
const PROBLEMS = ["/v1/events?date=2021-13&limit=0&nonsense=1", "/v1/events/nobody", "/nowhere"];

async function swagger(place, description) {
    const parser = library(place, "@apidevtools/swagger-parser");
    const found = await new parser().validate(structuredClone(description));
    same("3.0.3", found.openapi, "version that swagger-parser sees");
}

async function redocly(place, description) {
    const {createConfig, lintFromString} = library(place, "@redocly/openapi-core");
    const config = await createConfig({extends: ["recommended"]});
    const found = await lintFromString({
        source: JSON.stringify(description, null, 1), absoluteRef: "/openapi.json", config,
    });
    const told = severity => found.filter(one => one.severity === severity).map(
        one => `${one.ruleId}: ${one.message} at ${one.location[0]?.pointer}`);
    const errors = told("error");
    check(errors.length === 0, `redocly: ${errors.slice(0, MOST).join("; ")}`);
    return [...new Set(told("warn").map(one => one.split(":")[0]))];
}

// The schema of an answer, as a reference into the description.
function schemaOf(description, path, status, type) {
    const at = part => part.replace(/~/g, "~0").replace(/\//g, "~1");
    const answer = description.paths[path]?.get.responses[status];
    check(answer?.content[type], `${path} is not described with ${status} as ${type}`);
    return `description#/paths/${at(path)}/get/responses/${status}/content/${at(type)}/schema`;
}

async function answers(place, description) {
    const Ajv = library(place, "ajv").default;
    const judge = new Ajv({strict: false, allErrors: false, validateFormats: true});
    library(place, "ajv-formats").default(judge);
    judge.addSchema(description, "description");
    const hold = (validate, body, target) => {
        check(validate(body), `${target}: ${judge.errorsText(validate.errors).slice(0, 1000)}`);
        // A schema that takes anything says nothing.
        check(!validate(7), `the schema of ${target} takes the number 7`);
    };
    for (const [path, target] of ANSWERS) {
        const answer = await fetch(place.url + target, {headers: {Accept: "application/json"}});
        const type = answer.headers.get("content-type").split(";")[0];
        same(200, answer.status, target);
        const $ref = schemaOf(description, path, 200, type);
        hold(judge.compile({$ref}), await answer.json(), target);
    }
    const $ref = "description#/components/responses/Problem/content/application~1problem+json/schema";
    for (const target of PROBLEMS) {
        const answer = await fetch(place.url + target);
        check(answer.status >= 400, `${target}: ${answer.status}`);
        hold(judge.compile({$ref}), await answer.json(), target);
    }
}

// A description that says what is not so is found out: an event without its title.
async function spoiled(place, description) {
    const Ajv = library(place, "ajv").default;
    const judge = new Ajv({strict: false, validateFormats: false});
    judge.addSchema(description, "description");
    const validate = judge.compile({$ref: "description#/components/schemas/Event"});
    const event = (await get(place, "/v1/events?limit=1")).items[0];
    check(validate(event), `an event: ${judge.errorsText(validate.errors)}`);
    for (const wrong of [{...event, title: 7}, {...event, date: {...event.date, earliest: 2021}},
        {...event, participants: {}}, {...event, disputed: ["weather", 1]}])
        check(!validate(wrong), `the schema of an event takes ${JSON.stringify(wrong).slice(0, 300)}`);
}

export default async function play(place) {
    const description = await get(place, "/openapi.json");
    await swagger(place, description);
    const warnings = await redocly(place, description);
    await answers(place, description);
    await spoiled(place, description);
    return `${Object.keys(description.paths).length} paths, ${ANSWERS.length} answers; `
        + `redocly warns of ${warnings.join(", ") || "nothing"}`;
}
