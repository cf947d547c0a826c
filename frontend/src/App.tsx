import { Route, Router, Switch } from 'wouter';

import { ChangePage } from './changes/ChangePage';
import { ChangesPage } from './changes/ChangesPage';
import { ClaimPage } from './claims/ClaimPage';
import { ClaimsPage } from './claims/ClaimsPage';
import { DataPage } from './data/DataPage';
import { base } from './fleet/base';
import { OverviewPage } from './overview/OverviewPage';
import { Lost } from './shell/Lost';
import { Shell } from './shell/Shell';

/** All pages, each at its address; the server sends index.html for every address that is no file of its own. */
export function App() {
  return (
    <Router base={base()}>
      <Pages />
    </Router>
  );
}

function Pages() {
  return (
    <Shell>
      <Switch>
        <Route path="/" component={OverviewPage} />
        <Route path="/claims" component={ClaimsPage} />
        <Route path="/claims/:id" component={ClaimPage} />
        <Route path="/changes" component={ChangesPage} />
        <Route path="/changes/:id" component={ChangePage} />
        <Route path="/data" component={DataPage} />
        <Route component={Lost} />
      </Switch>
    </Shell>
  );
}
