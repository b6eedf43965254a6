import "@fontsource-variable/instrument-sans/wght.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { remembered } from "./core/theme";
import { i18n } from "./state/i18n.svelte";
import { listen } from "./state/keyboard";
import { router } from "./state/router.svelte";
import { theme } from "./state/theme.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

theme.use(remembered(localStorage));
router.start();
listen();
void i18n.start().finally(() => mount(App, { target: document.getElementById("app") ?? document.body }));
