"""The pages: Dutch, server-rendered, complete without JavaScript."""
