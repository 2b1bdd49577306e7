"""Runs the program of a page with a model that calls tools as it is written down here, in place of a real one."""
import runpy
import sys

from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import FunctionModel


def move(messages, info):
    returned = [part.content for message in messages for part in message.parts if isinstance(part, ToolReturnPart)]
    match returned:
        case []:
            return ModelResponse([ToolCallPart("gong_users_list", {"_fields": ["id"]})])
        case [listed]:
            return ModelResponse([ToolCallPart("gong_user_get", {"id": listed["users"][0]["id"]})])
        case [_, found]:
            return ModelResponse([TextPart(found["user"]["emailAddress"])])


page = runpy.run_path(sys.argv[1])
with page["agent"].override(model=FunctionModel(move)):
    page["main"]()
