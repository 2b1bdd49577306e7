// In place of every model that a program names, one that calls tools as it is written down here.
import {MockLanguageModelV4} from "ai/test";

const usage = {inputTokens: {}, outputTokens: {}};
const said = (content, unified) => ({content: [content], finishReason: {unified}, usage, warnings: []});
const call = (toolName, input) =>
  said({type: "tool-call", toolCallId: toolName, toolName, input: JSON.stringify(input)}, "tool-calls");

const move = async ({prompt}) => {
  const results = prompt.filter(({role}) => role === "tool").flatMap(({content}) => content);
  const [listed, found] = results.map(({output}) => JSON.parse(output.value[0].text));
  if (found) return said({type: "text", text: found.user.emailAddress}, "stop");
  return listed ? call("gong_user_get", {id: listed.users[0].id}) : call("gong_users_list", {_fields: ["id"]});
};

globalThis.AI_SDK_DEFAULT_PROVIDER = {
  specificationVersion: "v4",
  languageModel: () => new MockLanguageModelV4({doGenerate: move}),
};
