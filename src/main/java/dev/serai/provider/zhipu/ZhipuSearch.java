package dev.serai.provider.zhipu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ToolDef.HostedKind;
import dev.serai.message.ToolDef.HostedTool;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;

/** The hosted web search, in Zhipu's form. */
final class ZhipuSearch {

    private ZhipuSearch() {}

    /** Any protocol's web search; a tool that has Zhipu's form already, and one of another kind, stay as they are. */
    static HostedTool tool(HostedTool tool) {
        if (tool.kind() != HostedKind.WEB_SEARCH || tool.raw().has("web_search")) {
            return tool;
        }
        ObjectNode raw = Json.object().put("type", "web_search");
        raw.putObject("web_search")
                .put("enable", true)
                .put("search_engine", "search_std")
                .put("search_result", true);
        return new HostedTool(OpenAiChatProtocol.NAME, HostedKind.WEB_SEARCH, raw);
    }
}
