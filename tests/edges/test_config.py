from relay.config.configuration import NetworkKeys
NETWORKS = {
    "mastodon": NetworkKeys({"instance": "the server"}, {"visibility": "who sees it"}, {"token": "an access token"}),
    "bluesky": NetworkKeys({"handle": "the account"}, {"service": "its server"}, {"password": "an app password"}),
    "sandbox": NetworkKeys({}, {"like": "the network to count as"}, {}),
}
ENVIRONMENT: dict[str,str] = {}
